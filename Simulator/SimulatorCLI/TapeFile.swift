import ArgumentParser
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
    var deathPoint: Int?
    var settleTime: Int64?
    var quietTime: Int64?
    var choices: [String: [Int32]]

    package init(_ report: SimulationReport) {
        self.init(report.tape, broke: report.violations.first?.invariant)
    }

    package init(_ tape: Tape, broke: String?) {
        self.seed = tape.seed
        self.configuration = SourceVersion.configuration
        self.profile = tape.profile
        self.records = tape.records
        self.mutant = tape.sabotage?.rawValue
        self.broke = broke
        self.deathPoint = tape.deathPoint == 0 ? nil : tape.deathPoint
        self.settleTime = tape.settleTime
        self.quietTime = tape.quietTime
        self.choices = Dictionary(
            uniqueKeysWithValues: tape.choices.map { ($0.name, $1) }
        )
    }

    package init(contentsOf path: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        self = try JSONDecoder().decode(TapeFile.self, from: Self.completed(data))
    }

    /// A tape of an older build with what its profile did not have yet: the harmless choice.
    private static func completed(_ data: Data) throws -> Data {
        guard var file = try JSONSerialization.jsonObject(with: data) as? [String: Any],
            let profile = file["profile"] as? [String: Any]
        else { return data }
        let calm = try JSONEncoder().encode(SimulationProfile.drawn(.calm, seed: 0))
        guard let usual = try JSONSerialization.jsonObject(with: calm) as? [String: Any] else {
            return data
        }
        file["profile"] = usual.merging(profile) { $1 }
        return try JSONSerialization.data(withJSONObject: file)
    }

    /// The tape for a command: what is wrong with it is told in a sentence, and a tape of another
    /// build with a warning.
    static func read(_ path: String) throws -> TapeFile {
        let file: TapeFile
        do {
            file = try TapeFile(contentsOf: path)
        } catch {
            throw ValidationError("\(path) is no tape that can be read: \(Self.cause(of: error))")
        }
        if file.configuration != SourceVersion.configuration {
            Console.message(
                "this tape is of a \(file.configuration) build; its order of jobs may differ here."
            )
        }
        return file
    }

    /// The tapes of a folder, by name.
    static func all(in folder: String) throws -> [Tape] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw ValidationError("\(folder) cannot be read: \(error.localizedDescription)")
        }
        return try names.filter { $0.hasSuffix(".tape") }.sorted().map {
            try Self.read("\(folder)/\($0)").tape
        }
    }

    private static func cause(of error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "it has no \(key.stringValue)."
        case let error as DecodingError: "it is not what a tape looks like (\(error.place))."
        default: error.localizedDescription
        }
    }

    package func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try encoder.encode(self).write(to: URL(fileURLWithPath: path))
    }

    package var tape: Tape {
        var tape = Tape(
            seed: self.seed,
            profile: self.profile,
            records: self.records,
            sabotage: self.mutant.flatMap(Sabotage.init(rawValue:)),
            choices: Dictionary(
                uniqueKeysWithValues: Tape.Stream.allCases.map { ($0, self.choices[$0.name] ?? []) }
            )
        )
        tape.deathPoint = self.deathPoint ?? 0
        tape.settleTime = self.settleTime
        tape.quietTime = self.quietTime
        return tape
    }
}

extension DecodingError {
    /// Where in the file it is.
    fileprivate var place: String {
        let path: [any CodingKey]
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .keyNotFound(_, let context), .dataCorrupted(let context):
            path = context.codingPath
        @unknown default: path = []
        }
        return path.isEmpty ? "no JSON" : path.map(\.stringValue).joined(separator: ".")
    }
}
