import ArgumentParser
import SimulatorCLI
import Testing

/// Help in the words that people know.
struct SimulatorHelpTests {
    private static let internalWords = [
        "pair", "link", "links", "base", "bases", "watermark", "feed", "echo", "outbox", "entry",
        "entries", "parked", "journal", "ledger", "finding", "findings", "syncer", "actor",
    ]

    @Test func `the help of every command`() {
        let commands = SimulatorCommand.configuration.subcommands
        #expect(commands.count == 13)
        for command in commands {
            let help = SimulatorCommand.helpMessage(for: command)
            // Names of folders and of ways to break the engine are no prose.
            let text = help.replacing("(default: findings)", with: "")
                .replacing(#/\(values:[^)]*\)/#, with: "")
            let words = text.lowercased().split { !$0.isLetter }.map(String.init)
            for word in Self.internalWords { #expect(!words.contains(word), "\(word): \(help)") }
        }
    }

    @Test(
        arguments: [
            ["run", "--records", "0"], ["soak", "--seeds", "0"], ["soak", "--minutes", "0"],
            ["crash-sweep", "--every", "0"], ["coverage", "--seeds", "0"],
            ["bench", "--only", "nothing"], ["bench", "--least", "0"], ["mutants", "--jobs", "0"],
            ["shrink", "t", "--runs", "0"],
        ]
    )
    func `numbers that mean nothing are refused`(arguments: [String]) {
        #expect(throws: (any Error).self) { try SimulatorCommand.parseAsRoot(arguments) }
    }

    @Test(arguments: [
        ["serve", "--save", "/none/of/these/world"], ["serve", "--load", "x", "--contacts", "3"],
        ["serve", "--load", "x", "--import", "y"],
    ])
    func `a snapshot that cannot be meant is refused before the start`(arguments: [String]) {
        #expect(throws: (any Error).self) { try SimulatorCommand.parseAsRoot(arguments) }
    }

    @Test func `a server takes both files`() throws {
        let parsed = try SimulatorCommand.parseAsRoot(["serve", "--load", "x", "--save", "x"])
        let serve = try #require(parsed as? ServeCommand)
        #expect(serve.load == "x" && serve.save == "x")
    }

    @Test(
        arguments: [
            "run", "soak", "crash-sweep", "replay", "shrink", "mutants", "coverage", "bench",
        ]
    )
    func `every simulator command prints JSON where it is asked to`(name: String) {
        let file = ["replay", "shrink"].contains(name) ? ["tape"] : []
        #expect(throws: Never.self) {
            try SimulatorCommand.parseAsRoot([name] + file + ["--json"])
        }
    }
}
