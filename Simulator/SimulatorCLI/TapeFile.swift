import Foundation
package import SimulationKit
import SyncCore

/// A tape as a JSON file: what a run was drawn as, its choices by purpose, and what it broke.
package struct TapeFile: Codable {
    var version = 1
    var seed: UInt64
    var configuration: String
    var profile: SimulationProfile
    var records: Int
    var mutant: String?
    /// The invariant that the run broke when it was written.
    var broke: String?
    var choices: [String: [Int32]]

    package init(_ report: SimulationReport) {
        self.init(report.tape, broke: report.violations.first?.invariant)
    }

    package init(_ tape: Tape, broke: String?) {
        self.seed = tape.seed
        self.configuration = Self.configuration
        self.profile = tape.profile
        self.records = tape.records
        self.mutant = tape.sabotage?.rawValue
        self.broke = broke
        self.choices = Dictionary(
            uniqueKeysWithValues: tape.choices.map { ($0.name, $1) }
        )
    }

    package init(contentsOf path: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        self = try JSONDecoder().decode(TapeFile.self, from: data)
    }

    package func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try encoder.encode(self).write(to: URL(fileURLWithPath: path))
    }

    package var tape: Tape {
        Tape(
            seed: self.seed,
            profile: self.profile,
            records: self.records,
            sabotage: self.mutant.flatMap(Sabotage.init(rawValue:)),
            choices: Dictionary(
                uniqueKeysWithValues: Tape.Stream.allCases.map { ($0, self.choices[$0.name] ?? []) }
            )
        )
    }

    static var configuration: String {
        #if DEBUG
        "debug"
        #else
        "release"
        #endif
    }
}
