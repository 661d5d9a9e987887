import ArgumentParser

/// The options that every command takes.
package struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: "The configuration file.", completion: .file(extensions: ["yaml"]))
    package var config = "duet.yaml"

    @Flag(name: .long, help: "Print one JSON object instead of text.")
    package var json = false

    @Flag(name: .long, help: "No progress, only the result.")
    package var quiet = false

    package init() {}
}
