"""Reports: what someone told us, from whichever channel, each answered by a documented outcome."""
