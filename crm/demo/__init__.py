"""The demo company Nordlicht Messetechnik GmbH: invented people, realistic files, real errors."""
