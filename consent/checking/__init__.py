"""Test vectors, run through the real models and services in a transaction that is rolled back.

``families.run(vector) -> Outcome`` asks one row; ``manage.py check_vectors`` prints the result.
"""
