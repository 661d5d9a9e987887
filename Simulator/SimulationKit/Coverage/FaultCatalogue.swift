/// What can go wrong in the world, and whether a profile reaches it yet: `Resources/faults.tsv`.
package enum FaultCatalogue {
    package struct Fault: Sendable, Hashable {
        package enum Reach: Sendable, Hashable {
            /// The probe that counts it, and the profile (or `crash-sweep`) that must come by it.
            case probe(Probe, profile: String)
            /// The step of the plan that brings its surface.
            case open(step: Int)
        }

        package var id: String
        /// In a few words.
        package var text: String
        package var reach: Reach
    }

    /// In the order of the file; a line that cannot be read is left out and a test says so.
    package static let all: [Fault] = Self.read(PackageResources.faults_tsv)

    /// How many lines of the file hold a fault.
    package static var lineCount: Int { Self.lines(PackageResources.faults_tsv).count }

    private static func lines(_ bytes: [UInt8]) -> [Substring] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
    }

    private static func read(_ bytes: [UInt8]) -> [Fault] {
        self.lines(bytes).compactMap { line in
            let columns = line.split(separator: "\t").map(String.init)
            guard columns.count == 4 else { return nil }
            let reach: Fault.Reach
            if columns[2] == "open" {
                guard let step = Int(columns[3]) else { return nil }
                reach = .open(step: step)
            } else {
                guard let probe = Probe(rawValue: columns[2]) else { return nil }
                reach = .probe(probe, profile: columns[3])
            }
            return Fault(id: columns[0], text: columns[1], reach: reach)
        }
    }
}
