//! The program `drc`.

fn main() -> std::process::ExitCode {
    drc::cli::main()
}
