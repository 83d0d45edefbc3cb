"""Speed as ratios: each figure stands beside the bare work it cannot do without, measured in the same run."""
