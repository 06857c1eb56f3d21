"""The public site: it draws what lies in published and can reach nothing else."""
