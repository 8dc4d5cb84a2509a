//! What is said of templates of other tools: `tests/change/templates/CASE/{old,new}/REGION/STACK.yml`, and `said.txt`.

use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

use drc::change::change;
use drc::change::deployed::{StackId, State, Template};
use drc::source::Sources;

use crate::{NOW, golden, said_of};

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The templates of one side, in the order of their regions and names.
fn templates(side: &Path) -> Vec<Template> {
    let mut templates = Vec::new();
    for folder in entries(side) {
        let region = drc::aws::region::find(folder.file_name().unwrap().to_str().unwrap()).unwrap();
        templates.extend(entries(&folder).iter().map(|path| Template {
            stack: StackId {
                account: "111122223333".to_owned(),
                region: region.code,
                name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
            },
            region,
            path: path.strip_prefix(side).unwrap().display().to_string(),
            text: read_to_string(path).unwrap(),
        }));
    }
    templates
}

#[test]
fn templates_of_other_tools_are_understood() {
    let mut complaints = String::new();
    for case in entries(Path::new("tests/change/templates")) {
        let (old, new) = (templates(&case.join("old")), templates(&case.join("new")));
        let (old, new) = (State::read(&old).unwrap(), State::read(&new).unwrap());
        let said = said_of(&change(&old, &new, None, NOW.parse().unwrap()), &Sources::default());
        golden(&case.join("said.txt"), &said, &mut complaints);
    }
    assert!(complaints.is_empty(), "{complaints}");
}
