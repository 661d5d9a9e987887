package import ArgumentParser

/// `duet-simulator`: both CRMs on this machine, to rehearse against.
package struct SimulatorCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "duet-simulator",
        abstract: "Simulated HubSpot and Salesforce, to rehearse against.",
        subcommands: [ServeCommand.self]
    )

    package init() {}
}
