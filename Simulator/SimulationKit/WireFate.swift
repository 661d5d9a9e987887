import HTTPTransport

/// What becomes of one message.
enum WireFate: Sendable, Hashable {
    case passes
    /// Both copies arrive; the client reads the reply of the first or of the second.
    case twice(after: Int64, readsSecond: Bool)
    /// It arrives so many milliseconds after it was sent.
    case late(after: Int64)
    /// The client waits so many milliseconds for the end of the reply, in vain.
    case trickles(Int64)
    case spoiled(Spoil)

    enum Spoil: Int, Sendable, Hashable, CaseIterable {
        case cut, empty, garbage, strangePage, pageAfterCommit, pageBeforeCommit
    }

    /// How many choices each message takes where the wire has such faults.
    static let choicesOfOneMessage = 3
    /// Without a byte for so long the client gives up (`CurlSettings.lowSpeedSeconds`), in
    /// milliseconds.
    static let silenceMax: Int64 = 60_000
    /// The longest that the client waits for a whole reply (`CurlSettings.totalTimeout`).
    static let replyMax: Int64 = 120_000
    /// How much sooner than the vendor's longest request time the last request lands: it is counted
    /// from when the entry was marked, a sign-in may come before the bytes.
    static let landingSlack: Int64 = 15_000

    /// Takes its choices whatever it becomes.
    ///
    /// `requestTimeMax`: the vendor's longest request time in milliseconds.
    init(_ faults: WireFaults, requestTimeMax: Int64, latencyMax: Int, _ choices: Choices) {
        let number = choices.choose(.wire, below: 100)
        let how = choices.choose(.wire, below: 12)
        let part = Int64(choices.choose(.wire, below: 1_000))
        var edge = 100
        func falls(_ percent: Int) -> Bool {
            edge -= percent
            return number > 0 && number >= edge
        }
        if falls(faults.duplicatesPercent) {
            self = .twice(after: part * Int64(latencyMax) / 1_000, readsSecond: how % 2 == 1)
        } else if falls(faults.lateLandingsPercent) {
            let span = requestTimeMax - Self.landingSlack - Self.silenceMax
            self = .late(after: Self.silenceMax + part * span / 1_000)
        } else if falls(faults.tricklesPercent) {
            let span = Self.replyMax - Self.silenceMax
            self = .trickles(Self.silenceMax + part * span / 1_000)
        } else if falls(faults.spoiledPercent) {
            self = .spoiled(Spoil(rawValue: how % Spoil.allCases.count) ?? .cut)
        } else {
            self = .passes
        }
    }
}

extension WireFate.Spoil {
    /// The reply as the client gets it.
    func spoil(_ response: HTTPResponse) -> HTTPResponse {
        var response = response
        switch self {
        case .cut: response.body = Array(response.body.prefix(response.body.count / 2))
        case .empty: response.body = []
        case .garbage: response.body = [0x1F, 0x8B, 0x08, 0x00, 0xFF, 0x00, 0x7B]
        case .strangePage: return Self.page(200, "<h1>Sign in to this network</h1>")
        case .pageAfterCommit: return Self.page(502, "<h1>Bad Gateway</h1>")
        case .pageBeforeCommit: return Self.page(503, "<h1>Down for maintenance</h1>")
        }
        return response
    }

    private static func page(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [HTTPHeader("Content-Type", "text/html; charset=utf-8")],
            body: Array("<!DOCTYPE html><html><body>\(text)</body></html>".utf8)
        )
    }
}
