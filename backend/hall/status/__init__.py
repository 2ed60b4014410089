"""How the machine is doing, for the operator: processes, model, disk, versions."""
