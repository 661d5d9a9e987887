import HTTPTransport
import Testing
import WireJSON

/// Change events of an org whose administrator selects objects for change data capture.
struct SettingsStreamingTests {
    /// A CometD client over HTTP.
    private struct Listener {
        let served: ServedWorld
        let token: String
        var id = ""
        var cookie = ""

        mutating func send(_ message: String) async throws -> [JSON] {
            let reply = try await self.served.send(
                .salesforce,
                .post,
                "/cometd/62.0",
                "[{\(message)}]",
                token: self.token,
                cookie: self.cookie
            )
            if let cookie = reply.header("Set-Cookie") {
                self.cookie = String(cookie.prefix { $0 != ";" })
            }
            return try JSON(parsing: reply.body).elements
        }

        mutating func handshake() async throws {
            let reply = try await self.send(#""channel":"/meta/handshake","version":"1.0""#)
            self.id = try #require(reply.first?["clientId"]?.string)
        }

        /// The error; `nil` where the channel is subscribed to.
        mutating func subscribe(_ channel: String) async throws -> String? {
            let reply = try await self.send(
                #""channel":"/meta/subscribe","clientId":"\#(self.id)","subscription":"\#(channel)""#
            )
            let last = try #require(reply.last)
            return last["successful"]?.boolean == true ? nil : last["error"]?.string ?? "none"
        }

        /// The objects of the events that a connect brings.
        mutating func connect() async throws -> [String] {
            let reply = try await self.send(
                #""channel":"/meta/connect","clientId":"\#(self.id)","connectionType":"long-polling""#
            )
            return reply.compactMap {
                $0["data"]?["payload"]?["ChangeEventHeader"]?["entityName"]?.string
            }
        }
    }

    private static func makeEach(_ served: ServedWorld, _ token: String) async throws {
        for (object, body) in [
            ("Account", #"{"Name":"Acme"}"#), ("Contact", #"{"LastName":"Roux"}"#),
            ("Lead", #"{"LastName":"Sol","Company":"Acme"}"#),
        ] {
            let made = try await served.rest(.post, "/sobjects/" + object, body, token: token)
            #expect(made.status == 201, "\(object)")
        }
    }

    @Test func `events come of the selected objects alone, whichever they are now`() async throws {
        try await ServedWorld.run(
            // A machine that is busy with other tests is no client that has gone.
            #"""
            {"salesforce":{"settings":{"streaming":{"selectedObjects":["Contact","Lead"],"holdTime":200,
            "reconnectTime":3600000,"reconnectTimeAfterEvents":3600000}}}}
            """#
        ) { served in
            let token = try await served.signIn()
            var listener = Listener(served: served, token: token)
            try await listener.handshake()
            #expect(try await listener.subscribe("/data/ChangeEvents") == nil)
            #expect(try await listener.subscribe("/data/AccountChangeEvent") != nil)
            #expect(try await listener.connect().isEmpty)
            try await Self.makeEach(served, token)
            #expect(try await listener.connect() == ["Contact", "Lead"])
            try await served.patch(
                #"{"salesforce":{"settings":{"streaming":{"selectedObjects":["Account"]}}}}"#
            )
            try await Self.makeEach(served, token)
            #expect(try await listener.connect() == ["Account"])
            // What nobody selected is captured nowhere, so that no replay brings it.
            var second = Listener(served: served, token: token)
            try await second.handshake()
            #expect(try await second.subscribe("/data/ContactChangeEvent") != nil)
            #expect(try await second.subscribe("/data/AccountChangeEvent") == nil)
        }
    }
}
