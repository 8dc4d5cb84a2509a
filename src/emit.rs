//! Stacks into files, in memory: templates, the deployment script and the manifest.

mod manifest;
mod script;
pub mod yaml;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::aws::name::hex;
use crate::aws::region;
use crate::json;
use crate::lower::{Stack, is_stack_name};

pub use manifest::{Listing, Manifest, ManifestStack, NAME as MANIFEST};

/// The format of templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// YAML that 1.1 and 1.2 readers read alike.
    Yaml,
    /// JSON.
    Json,
}

impl Format {
    const ALL: [Self; 2] = [Self::Yaml, Self::Json];

    fn extension(self) -> &'static str {
        match self {
            Self::Yaml => "yml",
            Self::Json => "json",
        }
    }
}

/// A file to be written: its path below the output directory, with `/`, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Path below the output directory.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

impl OutputFile {
    /// [`checksum`] of the content.
    pub fn sha256(&self) -> String {
        checksum(&self.bytes)
    }
}

/// Lower-case hexadecimal SHA-256, as the manifest lists it.
pub fn checksum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Every file of a build; the manifest comes last, because it is written last.
pub fn emit(stacks: &[Stack], format: Format) -> Vec<OutputFile> {
    let mut files: Vec<OutputFile> = stacks
        .par_iter()
        .map(|stack| {
            let mut bytes = template(stack, format).into_bytes();
            // All templates are held until they are written.
            bytes.shrink_to_fit();
            OutputFile { path: template_path(stack, format), bytes }
        })
        .collect();
    let sizes: Vec<usize> = files.iter().map(|file| file.bytes.len()).collect();
    files
        .push(OutputFile { path: script::NAME.to_owned(), bytes: script::render(stacks, format, &sizes).into_bytes() });
    let manifest = manifest::render(stacks, format, &files);
    files.push(OutputFile { path: MANIFEST.to_owned(), bytes: manifest.into_bytes() });
    files
}

/// Where a stack's template is written.
pub fn template_path(stack: &Stack, format: Format) -> String {
    format!("{}/{}.{}", stack.location.region.code, stack.name, format.extension())
}

/// Whether some build can write a file of this path: a template or the deployment script. The manifest, which stands
/// beside them, is none of these.
pub fn can_write(path: &str) -> bool {
    let names_stack = |file: &str| {
        let name_in = |format: &Format| file.strip_suffix(format.extension())?.strip_suffix('.');
        Format::ALL.iter().filter_map(name_in).any(is_stack_name)
    };
    let is_template = |(code, file): (&str, &str)| region::find(code).is_some() && names_stack(file);
    path == script::NAME || path.split_once('/').is_some_and(is_template)
}

/// A stack's template as text.
pub fn template(stack: &Stack, format: Format) -> String {
    match format {
        Format::Yaml => yaml::render(&stack.template),
        Format::Json => json::text(&stack.template),
    }
}
