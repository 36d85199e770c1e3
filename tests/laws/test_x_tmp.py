import sys

sys.path.insert(0, "/work/main/tests")
sys.path.insert(0, "/work/main")
import pytest
from hypothesis import HealthCheck, given, settings, Phase
from tests.laws.test_laws import *
from tests.laws import test_laws as T
from importer.sandbox.server import running


@pytest.mark.timeout(3000)
def test_it(tmp_path):
    with running(tmp_path / "t.sqlite") as twin:

        @settings(
            max_examples=150,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(filled_workbooks(), CUTS)
        def example(filled, cut):
            try:
                with fresh_desk(twin) as desk:
                    T.interruption(desk, filled, cut)
            except AssertionError as e:
                print("CUT", cut)
                for n, r in filled.sheets:
                    print(n)
                    [print("   ", x) for x in r]
                import traceback

                traceback.print_exc()
                raise

        example()


del LAWS
for n in ("test_law", "test_law_many"):
    globals().pop(n, None)
