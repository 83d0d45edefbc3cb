"""The pages, one noun a file: measures asked for and read, decided, carried out; perpetrator files; the time line."""
