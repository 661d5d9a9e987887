import MockHubSpot
import SyncCore

/// One CRM's calls by everybody, from the wire and from what others did: who used how much when.
struct DayOfCalls {
    /// Our requests but for tokens, in the order in which they left.
    let frames: [NetworkFrame]
    private let side: Side
    private let ours: [Int64]
    private let others: [(at: Int64, calls: Int)]
    private let utcOffset = MockHubSpotSettings().utcOffset

    init(_ evidence: Evidence, _ side: Side) {
        self.side = side
        self.frames = evidence.frames.filter { $0.side == side && !$0.isToken }
        // What HubSpot's limits refuse is not counted.
        self.ours = self.frames.filter { !($0.side == .hubspot && $0.status == 429) }
            .compactMap(\.arrivedAt).sorted()
        self.others = evidence.foreign.compactMap { event in
            guard event.side == side, case .spent(let calls) = event.kind else { return nil }
            return (event.at, calls)
        }
    }

    /// Our calls of the vendor's day up to and with that time.
    func ours(at time: Int64) -> Int {
        let start = self.start(of: time)
        return self.ours.count { $0 > start && $0 <= time }
    }

    func everybody(at time: Int64) -> Int {
        let start = self.start(of: time)
        return self.ours(at: time)
            + self.others.filter { $0.at > start && $0.at <= time }.reduce(0) { $0 + $1.calls }
    }

    /// The most that a process may still have believed to be allowed when it sent that.
    func allowedMax(knownAt frame: NetworkFrame) -> Int? {
        self.frames.filter { ($0.deliveredAt ?? .max) <= frame.leftAt }.suffix(50)
            .compactMap(\.allowed).suffix(3).max()
    }

    /// What must have been known before that request left: the newest reply that was surely read,
    /// and our own calls since.
    ///
    /// `isEarly`: whether a reply of the same millisecond came before the request.
    func known(before place: Int, isEarly: Bool) -> (used: Int, allowed: Int)? {
        let frame = self.frames[place]
        // The newest reply is among the last few requests: no more are on their way at once.
        let read = self.frames[..<place].suffix(50).filter { other in
            guard let delivered = other.deliveredAt, other.allowed != nil else { return false }
            let isRead = delivered < frame.leftAt || isEarly && delivered == frame.leftAt
            return isRead && self.livedOn(other, delivered, frame)
        }
        guard let last = read.max(by: { $0.leftAt < $1.leftAt }), let used = last.used,
            let allowed = last.allowed, let delivered = last.deliveredAt
        else { return nil }
        // A day of the vendor's that began since takes the number with it.
        guard self.side == .salesforce || self.start(of: frame.leftAt) < last.leftAt else {
            return nil
        }
        let since = self.frames[..<place].count {
            $0.leftAt > delivered && !($0.side == .hubspot && $0.status == 429)
        }
        return (used + since, allowed)
    }

    /// Whether the process that read a reply is seen to have gone on with it.
    private func livedOn(_ other: NetworkFrame, _ delivered: Int64, _ frame: NetworkFrame) -> Bool {
        other.process == frame.process
            || self.frames.contains { $0.process == other.process && $0.leftAt > delivered }
    }

    /// Salesforce: always the last 24 hours; HubSpot: since midnight in the account's zone.
    private func start(of time: Int64) -> Int64 {
        let day = BudgetSettings.day
        switch self.side {
        case .salesforce: return time - day
        case .hubspot: return (time + self.utcOffset) / day * day - self.utcOffset - 1
        }
    }
}
