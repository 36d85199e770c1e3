"""Kinds of documents that the Isometric half keeps, and kinds of quantities."""

from importer.sandbox.documents import Kind

PROJECT = Kind("isometric", "project")
FEEDSTOCK_TYPE = Kind("isometric", "feedstock_type")
BLUEPRINT = Kind("isometric", "component_blueprint")
TEMPLATE = Kind("isometric", "ghg_entry_template")
DATAPOINT = Kind("isometric", "datapoint")
ENTRY = Kind("isometric", "ghg_entry")
COMPONENT = Kind("isometric", "component")
ATTRIBUTION = Kind("isometric", "component_attribution")
SOURCE = Kind("isometric", "source")
STATEMENT = Kind("isometric", "ghg_statement")

_NAMES = """
acidity activity_concentration amount_of_substance amount_of_substance_concentration
amount_of_substance_per_mass area area_carbon_emission_factor buffer_ph bulk_density count
currency currency_carbon_emission_factor depth diameter diameter_at_breast_height
dimensionless dimensionless_ratio distance distance_carbon_emission_factor
dose_equivalent_rate electric_current elevation energy energy_carbon_emission_factor
energy_density exchangeable_amount_of_substance_per_mass fuel_economy height ionic_strength
latitude longitude mass mass_carbon mass_carbon_emission_factor mass_cdr_potential
mass_concentration mass_density mass_distance mass_distance_carbon_emission_factor
mass_energy_density mass_flow_rate mass_fraction mass_fraction_dry_basis
mass_fraction_wet_basis mass_per_area mass_ratio molality_of_solute molar_mass mole_fraction
partial_pressure particle_diameter particle_mass_density power pressure
specific_surface_area specific_volume temperature time time_emission_factor voltage volume
volume_carbon_emission_factor volume_distance_carbon_emission_factor volume_flow_rate
volume_fraction volume_per_area
"""

QUANTITY_KINDS = frozenset(_NAMES.split())
"""The values of QuantityKind in the published document (docs.isometric.com)."""
