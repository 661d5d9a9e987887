import DequeModule

/// The clients of the streaming API, and what was delivered to them.
struct StreamingClients: Sendable, Codable {
    private static let window = SalesforceTime.day

    /// Events that were delivered in one second.
    private struct Delivered: Sendable, Codable {
        var at: Int64
        var count: Int
    }

    private var clients: [String: StreamingClient] = [:]
    private var state: UInt64
    private var deliveries: Deque<Delivered> = []
    private var delivered = 0
    /// Counts for the faults that come every so many deliveries.
    private(set) var deliveriesEver = 0

    init(seed: UInt64) {
        self.state = seed ^ 0x636F_6D65_7464_0001
    }

    var count: Int { self.clients.count { !$0.value.isGone } }

    subscript(_ id: String) -> StreamingClient? {
        get { self.clients[id] }
        set { self.clients[id] = newValue }
    }

    mutating func add(token: String, expiresAt: Int64) -> StreamingClient {
        let client = StreamingClient(
            id: self.secret(26),
            token: token,
            cookie: self.secret(24),
            expiresAt: expiresAt
        )
        self.clients[client.id] = client
        return client
    }

    /// Forgets those that have not come back in time.
    mutating func expire(at now: Int64) {
        guard self.clients.contains(where: { $0.value.expiresAt <= now }) else { return }
        self.clients = self.clients.filter { now < $0.value.expiresAt }
    }

    /// Events delivered in the 24 hours before.
    mutating func delivered(at now: Int64) -> Int {
        while let first = self.deliveries.first, first.at <= now - Self.window {
            self.delivered -= first.count
            self.deliveries.removeFirst()
        }
        return self.delivered
    }

    mutating func note(_ count: Int, at now: Int64) {
        guard count > 0 else { return }
        // Seconds are fine enough, and bound what is kept.
        let second = SalesforceTime.wholeSeconds(now)
        if self.deliveries.last?.at == second {
            self.deliveries[self.deliveries.count - 1].count += count
        } else {
            self.deliveries.append(Delivered(at: second, count: count))
        }
        self.delivered += count
        self.deliveriesEver += count
    }

    private mutating func secret(_ count: Int) -> String {
        let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
        var bytes: [UInt8] = []
        for _ in 0..<count {
            // SplitMix64, apart from the one that makes tokens.
            self.state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = self.state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            bytes.append(digits[Int((mixed ^ (mixed >> 31)) % 36)])
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
