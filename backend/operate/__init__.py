"""Commands of the operator and of the developer."""
