import SyncCore

/// Where a CRM lets the integration in no longer, each process of the engine asks it a few times at
/// most, then ends with a sentence that names what an operator must mend; and it says so of nothing
/// else.
struct StopsAreTold: Checker {
    static let name = "stopsAreTold"

    /// What may be on its way at once: a poll, the writes of a pass, and each with a new session.
    static let callsMax = 4

    func violations(in evidence: Evidence) -> [String] {
        evidence.shut.flatMap { self.silences(evidence, $0) } + self.falseAlarms(evidence)
    }

    private func silences(_ evidence: Evidence, _ door: ShutDoor) -> [String] {
        let asked = evidence.frames.filter { frame in
            frame.side == door.side && Self.isRefusal(frame)
                && (door.from...(door.to ?? .max)).contains(frame.arrivedAt ?? 0)
        }
        return Set(asked.map(\.process)).sorted().flatMap { process -> [String] in
            let refused = asked.filter { $0.process == process }
            var problems: [String] = []
            // A reply that did not come told the engine nothing.
            let heard = refused.count { $0.deliveredAt != nil }
            if heard > Self.callsMax {
                problems.append(
                    "\(door.side) was asked \(heard) times by process \(process) although "
                        + "it let nobody in since \(door.from)"
                )
            }
            // Nobody tells what a reply was that did not come.
            guard let last = refused.compactMap(\.deliveredAt).max(),
                !evidence.deaths.contains(process),
                !Self.recovers(process, after: last, door.side, evidence)
            else { return problems }
            let isTold = evidence.stops.contains { stop in
                let text = String(describing: stop.error)
                return stop.process == process && stop.error.side == door.side
                    && door.words.allSatisfy { text.contains($0) }
            }
            if !isTold {
                problems.append(
                    "\(door.side) refused process \(process) until \(last), and nobody was told of "
                        + door.words.joined(separator: ", ")
                )
            }
            return problems
        }
    }

    /// Whether it was let in again before anything made it stop.
    private static func recovers(
        _ process: Int,
        after time: Int64,
        _ side: Side,
        _ evidence: Evidence
    ) -> Bool {
        evidence.frames.contains { frame in
            frame.process == process && frame.side == side && !frame.isToken
                && frame.leftAt > time && frame.status.map { (200..<300).contains($0) } ?? false
        }
    }

    private static func isRefusal(_ frame: NetworkFrame) -> Bool {
        switch frame.status {
        case 401, 403, 410: true
        case 400: frame.isToken
        default: false
        }
    }

    /// Stops that name no door, or one that was open.
    private func falseAlarms(_ evidence: Evidence) -> [String] {
        guard evidence.profile.worlds != nil else { return [] }
        let slack = 20 * Int64(evidence.profile.weather.latencyMax) + Self.requestTimeMax
        let codes: Set<SyncError.Code> = [.configuration, .credentials, .forbidden]
        return evidence.stops.filter { codes.contains($0.error.code) }.compactMap { stop in
            let isShut = evidence.shut.contains { door in
                door.side == stop.error.side && door.from <= stop.at
                    && (stop.at - slack <= door.to ?? .max || Self.holds(stop, door, evidence))
            }
            return isShut ? nil : "process \(stop.process) stopped for nothing: \(stop.error)"
        }
    }

    /// Whether a process stopped for a token that is dead, which it read before there was another one:
    /// it finds out when it asks next, however long it waited for something else.
    private static func holds(
        _ stop: Evidence.Stop,
        _ door: ShutDoor,
        _ evidence: Evidence
    ) -> Bool {
        guard door.isOfToken, stop.error.code == .credentials else { return false }
        let began = evidence.frames.first { $0.process == stop.process }?.leftAt ?? .max
        return began <= door.to ?? .max
    }

    /// The longest that a reply is waited for, in milliseconds.
    private static let requestTimeMax: Int64 = 120_000
}
