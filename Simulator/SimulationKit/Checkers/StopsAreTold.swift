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
                stop.process == process
                    && (Self.names(stop, door) || Self.isOfSession(stop, door, evidence)
                        || Self.namesAnother(stop, than: door, evidence))
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

    private static func names(_ stop: Evidence.Stop, _ door: ShutDoor) -> Bool {
        let text = String(describing: stop.error)
        return stop.error.side == door.side && door.words.allSatisfy { text.contains($0) }
    }

    /// Whether a process that was kept out twice over names the other reason, of whichever CRM: it ends
    /// with one, and the next process with the one that is left.
    private static func namesAnother(
        _ stop: Evidence.Stop,
        than door: ShutDoor,
        _ evidence: Evidence
    ) -> Bool {
        evidence.shut.contains { other in
            other != door && Self.names(stop, other) && other.from <= stop.at
                && (stop.at - Self.slack(evidence) <= other.to ?? .max
                    || Self.holds(stop, other, evidence))
        }
    }

    /// Whether a session ended right after it was given, because the door was shut in between: what to
    /// look at is told then, the reason only by the next sign-in.
    private static func isOfSession(
        _ stop: Evidence.Stop,
        _ door: ShutDoor,
        _ evidence: Evidence
    ) -> Bool {
        guard door.side == .salesforce, stop.error.side == .salesforce,
            stop.error.cause == "Salesforce does not accept the session."
        else { return false }
        let travel =
            4 * Int64(evidence.profile.weather.latencyMax)
            + evidence.slowness(of: .salesforce, between: door.from, and: stop.at) + 1_000
        return evidence.frames.contains { frame in
            frame.process == stop.process && frame.isToken && frame.side == .salesforce
                && frame.status == 200
                && (door.from - travel...door.from).contains(frame.arrivedAt ?? 0)
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
        // A limit that is used up keeps nobody out.
        case 403: frame.limit == nil
        case 401, 410: true
        case 400: frame.isToken
        default: false
        }
    }

    /// Stops that name no door, or one that was open.
    private func falseAlarms(_ evidence: Evidence) -> [String] {
        guard evidence.profile.worlds != nil else { return [] }
        let slack = Self.slack(evidence)
        let codes: Set<SyncError.Code> = [.configuration, .credentials, .forbidden]
        return evidence.stops.filter { codes.contains($0.error.code) }.compactMap { stop in
            let isShut = evidence.shut.contains { door in
                door.side == stop.error.side && door.from <= stop.at
                    && (stop.at - slack <= door.to ?? .max || Self.holds(stop, door, evidence))
            }
            return isShut ? nil : "process \(stop.process) stopped for nothing: \(stop.error)"
        }
    }

    /// How long after a refusal its process may stop, in milliseconds: messages take their time.
    private static func slack(_ evidence: Evidence) -> Int64 {
        20 * Int64(evidence.profile.weather.latencyMax) + Self.requestTimeMax
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
