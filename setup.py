"""Reads everything from settings.ini; carries the pipeline notebooks and the report's
templates into the wheel."""
import configparser, shlex, shutil
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

here = Path(__file__).resolve().parent
parser = configparser.ConfigParser(delimiters=["="])
parser.read(here / "settings.ini", encoding="utf-8")
cfg = parser["DEFAULT"]
LICENSES = {"apache2": ("Apache-2.0", "Apache Software License")}
spdx, _ = LICENSES[cfg["license"]]
py_minor = int(cfg["min_python"].split(".")[1])
suffix = "_requirements"


class BuildWithPipeline(build_py):
    """Copies `nbs/pipeline/*.ipynb` beside the modules, so an installed wheel runs
    without the repository."""

    def run(self):
        super().run()
        # an editable install reads nbs/pipeline where it is
        if getattr(self, "editable_mode", False): return
        dest = Path(self.build_lib) / cfg["lib_path"] / "pipeline"
        dest.mkdir(parents=True, exist_ok=True)
        for nb in sorted((here / cfg["nbs_path"] / "pipeline").glob("*.ipynb")):
            shutil.copy2(nb, dest / nb.name)


setup(
    name=cfg["lib_name"],
    version=cfg["version"],
    description=cfg["description"],
    keywords=cfg["keywords"].split(),
    long_description=(here / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    url=cfg["git_url"],
    author=cfg["author"],
    author_email=cfg["author_email"],
    license=spdx,
    packages=find_packages(include=[cfg["lib_name"], cfg["lib_name"] + ".*"]),
    # no modules, and no notebook writes them
    package_data={cfg["lib_name"]: ["templates/*", "data/*"]},
    cmdclass={"build_py": BuildWithPipeline},
    python_requires=f">={cfg['min_python']}",
    install_requires=shlex.split(cfg["requirements"]),
    extras_require={
        k[:-len(suffix)]: shlex.split(v) for k, v in cfg.items() if k.endswith(suffix)},
    entry_points={"console_scripts": shlex.split(cfg["console_scripts"])},
    classifiers=[
        "Development Status :: 3 - Alpha",
        f"Intended Audience :: {cfg['audience']}",
        *[f"Programming Language :: Python :: 3.{m}" for m in range(py_minor, 14)]],
    zip_safe=False,
)
