"""From an Amazon seller's shipping rows to the papers of an appeal, every figure provable."""

__version__ = "0.1.0"
