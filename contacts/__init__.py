"""Who someone is: master data, qualification, import, matching."""
