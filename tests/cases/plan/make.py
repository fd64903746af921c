#!/usr/bin/env python3
"""Makes the plan.json of each case here that has a main.tf (wants `terraform`: tests/same/article/make.py)."""
import glob, os, shutil, sys, tempfile

here = os.path.dirname(os.path.abspath(__file__))
same = os.path.join(here, "..", "..", "same", "article")
sys.path.insert(0, same)
import make

for source in sorted(glob.glob(os.path.join(here, "*", "main.tf"))):
    if len(sys.argv) > 1 and os.path.basename(os.path.dirname(source)) not in sys.argv[1:]:
        continue
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(source, folder)
        shutil.copy(os.path.join(same, "providers.tf"), folder)
        make.run(folder, "init", "-input=false")
        make.dump(os.path.join(os.path.dirname(source), "plan.json"), make.plan(folder))
