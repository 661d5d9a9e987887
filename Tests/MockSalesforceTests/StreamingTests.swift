import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// Bayeux long polling: handshakes, subscriptions, connects that wait, and sessions that end.
struct StreamingTests {
    private static let channel = "/data/ContactChangeEvent"

    @Test func `a handshake is answered as recorded ones are`() {
        var rehearsal = Rehearsal()
        let hello = rehearsal.bayeux(
            #"[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["long-polling"],"id":8}]"#
        ).answer
        let reply = hello.json[0]
        #expect(hello.status == 200)
        #expect(reply?["successful"]?.boolean == true)
        #expect(reply?["id"]?.integer == 8)
        #expect(reply?["ext"]?["replay"]?.boolean == true)
        #expect(reply?["ext"]?["payload.format"]?.boolean == true)
        #expect(reply?["supportedConnectionTypes"]?[0]?.string == "long-polling")
        #expect(reply?["version"]?.string == "1.0")
        #expect(hello.header("Set-Cookie")?.hasPrefix("BAYEUX_BROWSER=") == true)
        #expect(hello.header("Sforce-Limit-Info") == nil)
    }

    @Test func `streaming costs no calls of the day`() {
        var rehearsal = Rehearsal()
        let listener = rehearsal.listen(to: [(Self.channel, -1)])
        _ = rehearsal.connect(listener)
        #expect(rehearsal.mock.bills().isEmpty)
    }

    @Test func `the first connect is answered at once with advice, the next one waits`() throws {
        var rehearsal = Rehearsal()
        let listener = rehearsal.listen(to: [(Self.channel, -1)])
        let first = rehearsal.connect(listener).answer
        #expect(first.json[0]?["advice"]?["reconnect"]?.string == "retry")
        #expect(first.json[0]?["advice"]?["timeout"]?.integer == 110_000)
        let held = try rehearsal.hold(listener)
        #expect(held.until == Rehearsal.start + 110_000)
        rehearsal.now += 109_999
        #expect(rehearsal.resume(held) == nil)
        rehearsal.now += 1
        let reply = rehearsal.resume(held)
        let last = try #require(reply)
        #expect(last.json.count == 1)
        #expect(last.json[0]?["successful"]?.boolean == true)
        #expect(last.json[0]?["advice"] == nil)
        #expect(last.header("Date") != nil)
    }

    @Test func `a held connect gets an event when it is committed, and its wake tells when`()
        throws
    {
        var rehearsal = Rehearsal()
        let listener = rehearsal.listen(to: [(Self.channel, -1)])
        _ = rehearsal.connect(listener)
        let held = try rehearsal.hold(listener)
        #expect(rehearsal.mock.nextWake(of: held, after: rehearsal.now) == held.until)
        rehearsal.now += 1_000
        try rehearsal.mock.create(
            object: "Contact",
            fields: [.init("LastName", .text("Roux"))],
            at: rehearsal.now,
            commitDelay: 4_000
        )
        #expect(rehearsal.resume(held) == nil)
        let wake = rehearsal.mock.nextWake(of: held, after: rehearsal.now)
        #expect(wake == rehearsal.now + 4_000)
        rehearsal.now = wake
        let reply = rehearsal.resume(held)
        let answer = try #require(reply)
        #expect(answer.json.count == 2)
        #expect(answer.json[0]?["channel"]?.string == Self.channel)
        #expect(answer.json[1]?["channel"]?.string == "/meta/connect")
        #expect(answer.json[1]?["id"]?.string == "3")
    }

    @Test func `a Bulk job that ends while a connect waits is told by it`() throws {
        var settings = MockSalesforceSettings()
        settings.bulkQueueTime = 5_000
        var rehearsal = Rehearsal(settings)
        let listener = rehearsal.listen(to: [(Self.channel, -1)])
        _ = rehearsal.connect(listener)
        let job =
            rehearsal.send(
                .post,
                "/jobs/ingest",
                #"{"object":"Contact","operation":"insert","contentType":"CSV"}"#
            ).json["id"]?.string ?? ""
        _ = rehearsal.send(
            .put,
            "/jobs/ingest/\(job)/batches",
            "LastName\nA\nB\n",
            headers: [HTTPHeader("Content-Type", "text/csv")]
        )
        _ = rehearsal.send(.patch, "/jobs/ingest/\(job)", #"{"state":"UploadComplete"}"#)
        let held = try rehearsal.hold(listener)
        #expect(rehearsal.resume(held) == nil)
        rehearsal.now = rehearsal.mock.nextWake(of: held, after: rehearsal.now)
        #expect(rehearsal.now == Rehearsal.start + 5_000)
        #expect(rehearsal.resume(held)?.json.count == 3)
    }

    @Test func `a server may end the wait of a connect`() throws {
        var rehearsal = Rehearsal()
        let listener = rehearsal.listen()
        _ = rehearsal.connect(listener)
        let held = try rehearsal.hold(listener)
        #expect(rehearsal.resume(held, isOver: true)?.json[0]?["successful"]?.boolean == true)
        // A second answer to it there is not.
        #expect(rehearsal.resume(held)?.status == 408)
    }

    @Test func `a newer connect takes the place of the one that waits`() throws {
        var rehearsal = Rehearsal()
        let listener = rehearsal.listen()
        _ = rehearsal.connect(listener)
        let old = try rehearsal.hold(listener)
        let new = try rehearsal.hold(listener)
        #expect(rehearsal.resume(old)?.status == 408)
        #expect(rehearsal.resume(new) == nil)
    }

    @Test func `replay starts at the tip, at the oldest event, or after an id`() throws {
        var rehearsal = Rehearsal()
        _ = try rehearsal.mock.create(
            object: "Contact",
            fields: [.init("LastName", .text("A"))],
            at: rehearsal.now
        )
        _ = try rehearsal.mock.create(
            object: "Contact",
            fields: [.init("LastName", .text("B"))],
            at: rehearsal.now
        )
        let all = rehearsal.listen(to: [(Self.channel, -2)])
        let events = rehearsal.events(all)
        #expect(events.map { $0.payload?["Name"]?["LastName"]?.string } == ["A", "B"])
        let ids = events.compactMap(\.replayID)
        #expect(ids.count == 2 && ids[0] < ids[1])
        let tip = rehearsal.listen(to: [(Self.channel, -1)])
        #expect(rehearsal.events(tip).isEmpty)
        let later = rehearsal.listen(to: [(Self.channel, Int(ids[0]))])
        #expect(rehearsal.events(later).compactMap(\.replayID) == [ids[1]])
        let unsaid = rehearsal.listen()
        _ = rehearsal.subscribe(unsaid, Self.channel, replay: nil)
        #expect(rehearsal.events(unsaid).isEmpty)
    }

    @Test func `after 72 hours an id is refused and the event is gone`() throws {
        var rehearsal = Rehearsal()
        _ = try rehearsal.mock.create(
            object: "Contact",
            fields: [.init("LastName", .text("A"))],
            at: rehearsal.now
        )
        let first = rehearsal.listen(to: [(Self.channel, -2)])
        let id = try rehearsal.event(first).replayID ?? 0
        rehearsal.now += 72 * 3_600_000
        let last = rehearsal.listen()
        #expect(
            rehearsal.subscribe(last, Self.channel, replay: Int(id)).json[0]?["successful"]?.boolean
                == true
        )
        rehearsal.now += 1_000
        let late = rehearsal.listen()
        let refusal = rehearsal.subscribe(late, Self.channel, replay: Int(id)).json[0]
        #expect(
            refusal?["error"]?.string
                == "400::The replayId {\(id)} you provided was invalid.  Please provide a valid ID, "
                + "-2 to replay all events, or -1 to replay only new events."
        )
        #expect(refusal?["successful"]?.boolean == false)
        #expect(rehearsal.subscribe(late, Self.channel, replay: -2).json[0]?["error"] == nil)
        #expect(rehearsal.events(late).isEmpty)
    }

    @Test func `events that the org lost cannot be asked for`() throws {
        var rehearsal = Rehearsal()
        _ = try rehearsal.mock.create(
            object: "Contact",
            fields: [.init("LastName", .text("A"))],
            at: rehearsal.now
        )
        let first = rehearsal.listen(to: [(Self.channel, -2)])
        let id = try rehearsal.event(first).replayID ?? 0
        _ = try rehearsal.mock.create(
            object: "Contact",
            fields: [.init("LastName", .text("B"))],
            at: rehearsal.now
        )
        rehearsal.mock.forgetEvents(at: rehearsal.now)
        let other = rehearsal.listen(to: [(Self.channel, -2)])
        #expect(rehearsal.events(other).isEmpty, "nobody had asked for it, but it was there")
        let error = rehearsal.subscribe(first, Self.channel, replay: Int(id)).json[0]?["error"]
        #expect(error?.string?.hasPrefix("400::The replayId {\(id)}") == true)
    }

    @Test func `one message subscribes to several channels, and one request holds several`() throws
    {
        var rehearsal = Rehearsal()
        let listener = rehearsal.listen()
        let reply = rehearsal.bayeux(
            #"[{"channel":"/meta/subscribe","clientId":"\#(listener.id)","subscription":["/data/ContactChangeEvent","/data/ChangeEvents"],"id":"5"},{"channel":"/meta/connect","clientId":"\#(listener.id)","connectionType":"long-polling","id":"6"},{"channel":"/meta/connect","clientId":"\#(listener.id)","connectionType":"long-polling","id":"7"}]"#,
            cookie: listener.cookie
        )
        #expect(reply.held == nil)
        #expect(reply.answer.json.elements.map { $0["id"]?.string } == ["5", "6", "7"])
        #expect(reply.answer.json[0]?["subscription"]?.count == 2)
        _ = try rehearsal.mock.create(
            object: "Contact",
            fields: [.init("LastName", .text("A"))],
            at: rehearsal.now
        )
        let events = rehearsal.events(listener)
        #expect(
            events.map { $0["channel"]?.string } == [
                "/data/ContactChangeEvent", "/data/ChangeEvents",
            ]
        )
        #expect(Set(events.compactMap(\.replayID)).count == 1)
    }

    @Test func `after unsubscribing nothing comes`() throws {
        var rehearsal = Rehearsal()
        let listener = rehearsal.listen(to: [(Self.channel, -1)])
        let reply = rehearsal.bayeux(
            #"[{"channel":"/meta/unsubscribe","clientId":"\#(listener.id)","subscription":"/data/ContactChangeEvent","id":"5"}]"#,
            cookie: listener.cookie
        ).answer
        #expect(reply.json[0]?["successful"]?.boolean == true)
        #expect(reply.json[0]?["subscription"]?.string == Self.channel)
        _ = try rehearsal.mock.create(
            object: "Contact",
            fields: [.init("LastName", .text("A"))],
            at: rehearsal.now
        )
        #expect(rehearsal.events(listener).isEmpty)
    }

    @Test func `a disconnect ends the session and frees the connect that waits`() throws {
        var rehearsal = Rehearsal()
        let listener = rehearsal.listen()
        _ = rehearsal.connect(listener)
        let held = try rehearsal.hold(listener)
        let bye = rehearsal.bayeux(
            #"[{"channel":"/meta/disconnect","clientId":"\#(listener.id)","id":"9"}]"#,
            cookie: listener.cookie
        ).answer
        #expect(bye.json[0]?["successful"]?.boolean == true)
        #expect(rehearsal.resume(held)?.json[0]?["advice"]?["reconnect"]?.string == "none")
        #expect(
            rehearsal.connect(listener).answer.json[0]?["error"]?.string == "403::Unknown client"
        )
    }

    @Test(arguments: [false, true])
    func `a client that does not come back in time is unknown`(hadEvents: Bool) throws {
        var rehearsal = Rehearsal()
        let listener = rehearsal.listen(to: [(Self.channel, -2)])
        if hadEvents {
            _ = try rehearsal.mock.create(
                object: "Contact",
                fields: [.init("LastName", .text("A"))],
                at: rehearsal.now
            )
        }
        #expect(rehearsal.events(listener).count == (hadEvents ? 1 : 0))
        rehearsal.now += hadEvents ? 39_999 : 109_999
        let held = try rehearsal.hold(listener)
        _ = rehearsal.resume(held, isOver: true)
        rehearsal.now += 110_000
        let reply = rehearsal.connect(listener).answer.json[0]
        #expect(reply?["error"]?.string == "403::Unknown client")
        #expect(reply?["advice"]?["reconnect"]?.string == "handshake")
        #expect(reply?["advice"]?["interval"]?.integer == 0)
        #expect(reply?["successful"]?.boolean == false)
    }

    @Test func `after events forty seconds are the longest pause`() throws {
        var rehearsal = Rehearsal()
        _ = try rehearsal.mock.create(
            object: "Contact",
            fields: [.init("LastName", .text("A"))],
            at: rehearsal.now
        )
        let listener = rehearsal.listen(to: [(Self.channel, -2)])
        #expect(rehearsal.events(listener).count == 1)
        rehearsal.now += 40_000
        #expect(
            rehearsal.connect(listener).answer.json[0]?["error"]?.string == "403::Unknown client"
        )
    }

    @Test func `a dead token is told in a handshake, in a connect and in one that waits`() throws {
        var rehearsal = Rehearsal()
        let hello = #"[{"channel":"/meta/handshake","version":"1.0","id":"1"}]"#
        let denied = rehearsal.bayeux(hello, token: "dead").answer.json[0]
        #expect(denied?["error"]?.string == "403::Handshake denied")
        #expect(
            denied?["ext"]?["sfdc"]?["failureReason"]?.string == "401::Authentication invalid"
        )
        #expect(denied?["advice"]?["reconnect"]?.string == "none")
        let bare = rehearsal.bayeux(hello, token: "").answer.json[0]
        #expect(
            bare?["ext"]?["sfdc"]?["failureReason"]?.string
                == "401::Request requires authentication"
        )
        let listener = rehearsal.listen()
        _ = rehearsal.connect(listener)
        let held = try rehearsal.hold(listener)
        rehearsal.mock.expireSessions()
        for reply in [rehearsal.resume(held), rehearsal.connect(listener).answer] {
            #expect(reply?.json[0]?["error"]?.string == "401::Authentication invalid")
            #expect(reply?.json[0]?["advice"]?["reconnect"]?.string == "none")
            #expect(reply?.json[0]?["id"]?.string == "3")
        }
    }

    @Test func `a session does not end by its age while its client is connected`() throws {
        var settings = MockSalesforceSettings()
        settings.sessionLifetime = 60_000
        var rehearsal = Rehearsal(settings)
        let listener = rehearsal.listen()
        rehearsal.now += 100_000
        #expect(rehearsal.connect(listener).answer.json[0]?["successful"]?.boolean == true)
        #expect(rehearsal.connect(listener).held != nil)
        #expect(rehearsal.query("SELECT Id FROM Contact").errorCode == "INVALID_SESSION_ID")
    }

    @Test func `cookies must be kept`() {
        var rehearsal = Rehearsal()
        let listener = rehearsal.listen()
        let connect =
            #"[{"channel":"/meta/connect","clientId":"\#(listener.id)","connectionType":"long-polling"}]"#
        #expect(
            rehearsal.bayeux(connect).answer.json[0]?["error"]?.string
                == "400::Client \(listener.id) has established a session, but no BAYEUX_BROWSER "
                + "cookie present"
        )
        #expect(
            rehearsal.bayeux(connect, cookie: "other").answer.json[0]?["error"]?.string
                == "403::Unknown client"
        )
        rehearsal.mock.settings.streaming.requiresCookies = false
        #expect(rehearsal.bayeux(connect).answer.json[0]?["successful"]?.boolean == true)
    }

    @Test(arguments: [
        ("/data/CaseChangeEvent", "does not exist {/data/CaseChangeEvent}"),
        ("/data/NopeChangeEvent", "does not exist"), ("/topic/Leads", "does not exist"),
        ("data/x", "must start with a leading '/'"), ("", "must start with a leading '/'"),
    ])
    func `a channel that is not there is refused`(channel: String, text: String) {
        var rehearsal = Rehearsal()
        let listener = rehearsal.listen()
        let reply = rehearsal.subscribe(listener, channel, replay: nil).json[0]
        #expect(reply?["error"]?.string?.hasPrefix("400::") == true)
        #expect(reply?["error"]?.string?.contains(text) == true)
        #expect(reply?["successful"]?.boolean == false)
    }

    @Test func `concurrent clients and deliveries have their limits`() throws {
        var rehearsal = Rehearsal()
        rehearsal.mock.settings.streaming.clientsMax = 2
        rehearsal.mock.settings.streaming.deliveriesMax = 3
        let first = rehearsal.listen(to: [(Self.channel, -1)])
        let second = rehearsal.listen(to: [(Self.channel, -1)])
        let third = rehearsal.bayeux(#"[{"channel":"/meta/handshake","version":"1.0"}]"#).answer
        #expect(
            third.json[0]?["error"]?.string == "403::Organization concurrent user limit exceeded"
        )
        for name in ["A", "B"] {
            _ = try rehearsal.mock.create(
                object: "Contact",
                fields: [.init("LastName", .text(name))],
                at: rehearsal.now
            )
        }
        #expect(rehearsal.events(first).count == 2)
        #expect(rehearsal.events(second).count == 1)
        let over = rehearsal.connect(second).answer.json[0]
        #expect(over?["error"]?.string == "403::Organization total events daily limit exceeded")
        #expect(rehearsal.mock.eventsDelivered(at: rehearsal.now) == 3)
        rehearsal.now += 86_400_000
        let later = rehearsal.listen(to: [(Self.channel, -2)])
        #expect(rehearsal.events(later).count == 2)
    }

    @Test func `requests that are no Bayeux are refused`() {
        var rehearsal = Rehearsal()
        #expect(rehearsal.bayeux("[]", version: "").answer.text.contains("is mandatory"))
        let old = rehearsal.bayeux("[]", version: "/36.0").answer
        #expect(old.status == 400 && old.text.contains("Only API versions '37.0' and later"))
        #expect(rehearsal.bayeux("nope").answer.status == 400)
        #expect(
            rehearsal.bayeux("[\"" + String(repeating: "x", count: 40_000) + "\"]").answer.status
                == 413
        )
        let listener = rehearsal.listen()
        for (channel, error) in [
            ("/meta/nope", "404::Unknown meta channel"),
            ("/data/ChangeEvents", "403::Publish denied"),
        ] {
            let reply = rehearsal.bayeux(
                #"[{"channel":"\#(channel)","clientId":"\#(listener.id)","data":{}}]"#,
                cookie: listener.cookie
            ).answer
            #expect(reply.json[0]?["error"]?.string == error)
        }
        let kind = rehearsal.bayeux(
            #"[{"channel":"/meta/connect","clientId":"\#(listener.id)","connectionType":"websocket"}]"#,
            cookie: listener.cookie
        ).answer
        #expect(kind.json[0]?["error"]?.string == "400::Invalid connection type websocket")
    }
}
