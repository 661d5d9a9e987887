import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct StoppingTests {
    private func request(_ server: ScriptedServer, _ target: String = "/") -> HTTPRequest {
        HTTPRequest(method: .post, url: server.url(target), body: [0x31])
    }

    @Test func `cancelling ends a request that the server has and never answers`() async throws {
        try await Rig.run { _ in
            .silence
        } _: { server, transport in
            var arrivals = server.arrivals.makeAsyncIterator()
            let request = self.request(server)
            let task = Task { await Rig.failure(transport, request) }
            _ = await arrivals.next()
            task.cancel()
            let error = await task.value
            #expect(error?.code == .cancelled)
            #expect(error?.reach == .maybeSent)
        }
    }

    @Test func `cancelling one request leaves the others alone`() async throws {
        try await Rig.run {
            $0.target == "/held" ? .silence : .ok([0x32])
        } _: { server, transport in
            var arrivals = server.arrivals.makeAsyncIterator()
            let held = self.request(server, "/held")
            let task = Task { await Rig.failure(transport, held) }
            _ = await arrivals.next()
            let beside = try await transport.send(self.request(server))
            #expect(beside.body == [0x32])
            task.cancel()
            #expect(await task.value?.code == .cancelled)
            let after = try await transport.send(self.request(server))
            #expect(after.body == [0x32])
        }
    }

    @Test func `cancelling a request that waits its turn proves that it was not sent`()
        async throws
    {
        var settings = CurlSettings()
        settings.inFlightMax = 1
        try await Rig.run(settings) { _ in
            .silence
        } _: { server, transport in
            var arrivals = server.arrivals.makeAsyncIterator()
            let (first, second) = (self.request(server, "/1"), self.request(server, "/2"))
            let running = Task { await Rig.failure(transport, first) }
            _ = await arrivals.next()
            let waiting = Task { await Rig.failure(transport, second) }
            waiting.cancel()
            let error = await waiting.value
            #expect(error?.code == .cancelled)
            #expect(error?.reach == .notSent)
            #expect(server.requests.map(\.target) == ["/1"])
            running.cancel()
            #expect(await running.value?.reach == .maybeSent)
        }
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        try await Rig.run { server, transport in
            let request = self.request(server)
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await Rig.failure(transport, request)
            }
            let error = await task.value
            #expect(error?.code == .cancelled)
            #expect(error?.reach == .notSent)
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `shutting down fails what runs and what waits, and then every request`()
        async throws
    {
        var settings = CurlSettings()
        settings.inFlightMax = 2
        try await Rig.run(settings) { _ in
            .silence
        } _: { server, transport in
            var arrivals = server.arrivals.makeAsyncIterator()
            let requests = (0..<5).map { self.request(server, "/\($0)") }
            let tasks = requests.map { request in
                Task { await Rig.failure(transport, request) }
            }
            for _ in 0..<2 { _ = await arrivals.next() }
            transport.shutDown()
            var reaches: [TransportError.Reach: Int] = [:]
            for task in tasks {
                let error = await task.value
                #expect(error?.code == .shutDown)
                if let reach = error?.reach { reaches[reach, default: 0] += 1 }
            }
            #expect(reaches == [.maybeSent: 2, .notSent: 3])
            #expect(server.requests.count == 2)
            let late = await Rig.failure(transport, self.request(server))
            #expect(late?.code == .shutDown)
            #expect(late?.reach == .notSent)
            transport.shutDown()
        }
    }

    @Test func `an idle transport shuts down`() {
        let transport = CurlTransport(settings: CurlSettings())
        transport.shutDown()
        transport.shutDown()
    }

    @Test func `beyond the limit of waiting requests one is refused at once`() async throws {
        var settings = CurlSettings()
        settings.inFlightMax = 1
        settings.waitingMax = 1
        try await Rig.run(settings) { _ in
            .silence
        } _: { server, transport in
            var arrivals = server.arrivals.makeAsyncIterator()
            let first = self.request(server, "/1")
            let running = Task { await Rig.failure(transport, first) }
            _ = await arrivals.next()
            let more = [self.request(server, "/2"), self.request(server, "/3")]
            let errors = await withTaskGroup(of: TransportError?.self) { group in
                for request in more {
                    group.addTask { await Rig.failure(transport, request) }
                }
                // One is refused; only then may the end fail the other.
                let refused = await group.next() ?? nil
                transport.shutDown()
                return [refused, await group.next() ?? nil]
            }
            #expect(errors.map { $0?.code } == [.other, .shutDown])
            #expect(errors.map { $0?.reach } == [.notSent, .notSent])
            #expect(errors[0]?.message == "Too many requests wait already.")
            #expect(await running.value?.reach == .maybeSent)
        }
    }
}
