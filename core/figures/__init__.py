"""How sure a figure is: intervals of shares and of resampled statistics, free of Django."""
