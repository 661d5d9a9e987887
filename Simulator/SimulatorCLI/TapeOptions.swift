import ArgumentParser
import Foundation
import SimulationKit
import SyncCore

/// Where the tapes of broken runs go.
package struct TapeOptions: ParsableArguments {
    @Option(help: "The folder that tapes of broken runs are written to.")
    package var tapes = "findings"

    @Flag(help: "Write no tapes of broken runs.")
    package var noTapes = false

    package init() {}

    /// The run with its tape in the folder; as it was where no tape is wanted.
    package func kept(_ run: BrokenRun) throws -> BrokenRun {
        guard !self.noTapes else { return run }
        try FileManager.default.createDirectory(
            atPath: self.tapes,
            withIntermediateDirectories: true
        )
        var run = run
        let folder = self.tapes.hasSuffix("/") ? String(self.tapes.dropLast()) : self.tapes
        let path = "\(folder)/\(Self.name(of: run)).tape"
        try TapeFile(run.tape, broke: run.invariant).write(to: path)
        run.path = path
        return run
    }

    /// Names what broke and what it takes to come by it again.
    private static func name(of run: BrokenRun) -> String {
        var parts = [run.invariant, run.tape.profile.name.rawValue, String(run.tape.seed)]
        if run.tape.deathPoint > 0 { parts.append("moment\(run.tape.deathPoint)") }
        if let mutant = run.tape.sabotage { parts.append(mutant.rawValue) }
        return parts.joined(separator: "-")
    }
}
