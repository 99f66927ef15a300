"""A case before SHOP's officers: why it was raised, what the worker chose, and every act on it."""
