"""What files of a version look like: Arrow schemas, features, the README's configurations."""
