"""The signs of currencies, and the code that each most often stands for (ISO 4217)."""

from __future__ import annotations

SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₪": "ILS"}
BY_CODE = {code: sign for sign, code in SIGNS.items()}
