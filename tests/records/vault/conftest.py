from conftest_vault import opened

__all__ = ["opened"]
