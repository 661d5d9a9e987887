package import ArgumentParser

/// `duet-simulator`: both CRMs on this machine, to rehearse against and to try the engine on.
package struct SimulatorCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "duet-simulator",
        abstract:
            "Simulated HubSpot and Salesforce: rehearse against them, try the engine on them.",
        subcommands: [
            ServeCommand.self, LoadCommand.self, RunCommand.self, SoakCommand.self,
            CrashSweepCommand.self, PlannerCommand.self, MetamorphicCommand.self,
            ReplayCommand.self, ShrinkCommand.self,
            MutantsCommand.self, CoverageCommand.self, BenchCommand.self, FuzzCommand.self,
        ]
    )

    package init() {}
}
