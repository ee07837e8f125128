"""The way of a file into the stock: origin, file, mapping, trial, take-over, result, revert."""
