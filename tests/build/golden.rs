//! Generated trees against the ones that are kept.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use drc::emit::Format;
use serde::Deserialize;

/// What a case is, in its `case.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// What it shows.
    #[expect(dead_code, reason = "for people; required, so that every case has it")]
    shows: String,
    /// Specs elsewhere; else those beside it.
    #[serde(default)]
    specs: Vec<PathBuf>,
    /// Whether the templates are JSON.
    #[serde(default)]
    json: bool,
}

impl Case {
    pub(crate) fn read(path: &Path) -> datatest_stable::Result<(Vec<PathBuf>, Format)> {
        let case: Self = toml::from_str(&fs::read_to_string(path)?)?;
        let specs = if case.specs.is_empty() { crate::specs(folder(path))? } else { case.specs };
        Ok((specs, if case.json { Format::Json } else { Format::Yaml }))
    }
}

pub(crate) fn case(path: &Path) -> datatest_stable::Result<()> {
    let (specs, format) = Case::read(path)?;
    let compiled = crate::compile(&specs, format)?;
    let generated: BTreeMap<String, Vec<u8>> = compiled.files.into_iter().map(|file| (file.path, file.bytes)).collect();
    let out = folder(path).join("out");
    if std::env::var_os("UPDATE").is_some() {
        return write(&out, &generated);
    }
    let mut kept = BTreeMap::new();
    read(&out, "", &mut kept)?;
    let mut differences = String::new();
    for name in kept.keys().chain(generated.keys().filter(|name| !kept.contains_key(*name))) {
        let text = |tree: &BTreeMap<String, Vec<u8>>| {
            tree.get(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
        };
        let (kept, generated) = (text(&kept), text(&generated));
        let diff = similar::TextDiff::from_lines(&kept, &generated);
        differences.push_str(&diff.unified_diff().header(&format!("kept/{name}"), &format!("now/{name}")).to_string());
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.into()) }
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

fn write(out: &Path, files: &BTreeMap<String, Vec<u8>>) -> datatest_stable::Result<()> {
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    for (name, bytes) in files {
        let path = out.join(name);
        fs::create_dir_all(folder(&path))?;
        fs::write(path, bytes)?;
    }
    Ok(())
}

fn read(folder: &Path, prefix: &str, into: &mut BTreeMap<String, Vec<u8>>) -> datatest_stable::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            read(&path, &format!("{name}/"), into)?;
        } else {
            into.insert(name, fs::read(&path)?);
        }
    }
    Ok(())
}
