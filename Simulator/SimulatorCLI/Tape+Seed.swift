import SimulationKit
import SyncCore
import WireJSON

/// What a run is named by.
extension Tape {
    var seedLine: String {
        var parts = [
            "seed \(self.seed)", "profile \(self.profile.name.rawValue)",
            "records \(self.records)",
        ]
        if self.deathPoint > 0 { parts.append("dies at moment \(self.deathPoint)") }
        if let mutant = self.sabotage { parts.append("mutant \(mutant.rawValue)") }
        parts += [
            "commit \(SourceVersion.commit)", SourceVersion.toolchain, SourceVersion.configuration,
        ]
        return parts.joined(separator: ", ")
    }

    func writeSeed(to item: inout JSONWriter) {
        item.member("seed", self.seed)
        item.member("profile", self.profile.name.rawValue)
        item.member("recordsAtStart", self.records)
        if self.deathPoint > 0 { item.member("deathPoint", self.deathPoint) }
        if let mutant = self.sabotage { item.member("mutant", mutant.rawValue) }
        item.member("commit", SourceVersion.commit)
        item.member("toolchain", SourceVersion.toolchain)
        item.member("configuration", SourceVersion.configuration)
    }
}

extension [Violation] {
    func write(to item: inout JSONWriter) {
        item.name("violations")
        item.array { list in
            for violation in self {
                list.object { one in
                    one.member("invariant", violation.invariant)
                    one.member("story", violation.story)
                }
            }
        }
    }
}
