"""The rules, a module a family; their order is in order.py."""
