"""Content: what care costs against its budget (rekenmodule), and what may be declared on what is assigned (koppeltabel)."""
