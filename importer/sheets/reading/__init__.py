"""From a file to tables of raw cells under the declared headers, with all that is wrong with it."""
