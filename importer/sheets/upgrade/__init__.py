"""A filled workbook of an earlier template is carried into the one of today."""
