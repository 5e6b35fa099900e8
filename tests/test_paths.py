from pathlib import Path

from tradeoffs import paths


def test_the_project_is_the_checkout_around_the_package():
    assert paths.project(Path("/home/me/trade-offs/tradeoffs")) == Path("/home/me/trade-offs")
    assert {paths.APP.name, "pyproject.toml"} <= {one.name for one in paths.PROJECT.iterdir()}


def test_the_project_is_a_folder_of_the_package_where_a_wheel_put_one(tmp_path):
    installed = tmp_path / "tradeoffs" / "explorer"
    installed.mkdir(parents=True)
    (tmp_path / "app.py").touch()  # of somebody else, beside our package
    assert paths.project(tmp_path / "tradeoffs") == installed
