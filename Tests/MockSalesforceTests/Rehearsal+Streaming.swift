import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// A client of the streaming API.
struct Listener {
    var id = ""
    var cookie = ""
}

extension Rehearsal {
    /// Sends messages; a long poll that waits has no answer.
    mutating func bayeux(
        _ messages: String,
        cookie: String = "",
        token: String? = nil,
        version: String = "/62.0"
    ) -> (answer: Answer, held: MockSalesforceHeldConnect?) {
        var headers = [HTTPHeader("Authorization", "Bearer \(token ?? self.token)")]
        if token == "" { headers = [] }
        if !cookie.isEmpty { headers.append(HTTPHeader("Cookie", "a=b; BAYEUX_BROWSER=\(cookie)")) }
        let request = HTTPRequest(
            method: .post,
            url: "https://acme.my.salesforce.com/cometd" + version,
            headers: headers,
            body: Array(messages.utf8)
        )
        let reply = self.mock.handle(request, at: self.now)
        if case .hold(let held) = reply { return (Answer(reply), held) }
        return (Answer(reply), nil)
    }

    /// Shakes hands and makes the first connect, which is answered at once.
    mutating func listen(to channels: [(name: String, replay: Int)] = []) -> Listener {
        let hello = self.bayeux(
            #"[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["long-polling"],"ext":{"replay":true},"id":"1"}]"#
        ).answer
        var listener = Listener()
        listener.id = hello.json[0]?["clientId"]?.string ?? ""
        let cookie = hello.header("Set-Cookie") ?? ""
        listener.cookie = String(cookie.dropFirst("BAYEUX_BROWSER=".count).prefix { $0 != ";" })
        for channel in channels {
            _ = self.subscribe(listener, channel.name, replay: channel.replay)
        }
        return listener
    }

    mutating func subscribe(_ listener: Listener, _ channel: String, replay: Int?) -> Answer {
        let ext = replay.map { #","ext":{"replay":{"\#(channel)":\#($0)}}"# } ?? ""
        return self.bayeux(
            #"{"channel":"/meta/subscribe","clientId":"\#(listener.id)","subscription":"\#(channel)"\#(ext),"id":"2"}"#,
            cookie: listener.cookie
        ).answer
    }

    mutating func connect(
        _ listener: Listener
    ) -> (answer: Answer, held: MockSalesforceHeldConnect?) {
        self.bayeux(
            #"[{"channel":"/meta/connect","clientId":"\#(listener.id)","connectionType":"long-polling","id":"3"}]"#,
            cookie: listener.cookie
        )
    }

    /// A connect that waits.
    mutating func hold(_ listener: Listener) throws -> MockSalesforceHeldConnect {
        let held = self.connect(listener).held
        return try #require(held)
    }

    /// The first event that a connect brings.
    mutating func event(_ listener: Listener) throws -> JSON {
        let events = self.events(listener)
        return try #require(events.first)
    }

    /// The messages of channels that a connect brings, without its own answer.
    mutating func events(_ listener: Listener) -> [JSON] {
        self.connect(listener).answer.json.elements.filter { $0["data"] != nil }
    }

    /// Makes the answer to a held connect, if there is one by now.
    mutating func resume(_ held: MockSalesforceHeldConnect, isOver: Bool = false) -> Answer? {
        let reply = self.mock.resume(held, at: self.now, isOver: isOver)
        if case .hold = reply { return nil }
        return Answer(reply)
    }
}

extension JSON {
    var header: JSON? { self["data"]?["payload"]?["ChangeEventHeader"] }
    var payload: JSON? { self["data"]?["payload"] }
    var replayID: Int64? { self["data"]?["event"]?["replayId"]?.integer }
    var changeType: String { self.header?["changeType"]?.string ?? "-" }
    var recordIDs: [String] { (self.header?["recordIds"]?.elements ?? []).compactMap(\.string) }
    var changedFields: [String] {
        (self.header?["changedFields"]?.elements ?? []).compactMap(\.string)
    }
}
