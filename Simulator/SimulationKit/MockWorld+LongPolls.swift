package import HTTPTransport
package import MockSalesforce
import SyncCore

/// Salesforce's long polls, for those that can wait.
extension MockWorld {
    /// A request to Salesforce, which may have to be held.
    package func salesforceReply(_ request: HTTPRequest) -> MockSalesforceReply {
        self.with { state, now in
            state.salesforce.handle(request, at: state.time(.salesforce, at: now))
        }
    }

    /// Asks again for the answer to a held long poll.
    package func resume(
        _ held: MockSalesforceHeldConnect,
        isOver: Bool = false
    ) -> MockSalesforceReply {
        self.with { state, now in
            let now = state.time(.salesforce, at: now)
            return state.salesforce.resume(held, at: now, isOver: isOver)
        }
    }

    /// A request to Salesforce whose long poll is held in the world's own time: in a simulation that
    /// costs none.
    ///
    /// It looks again when the org knows of a commit to come, and once a second for all else.
    package func salesforceInTime(_ request: HTTPRequest) async -> HTTPResponse? {
        var reply = self.salesforceReply(request)
        while case .hold(let held) = reply {
            let wait = self.with { state, now in
                let now = state.time(.salesforce, at: now)
                return state.salesforce.nextWake(of: held, after: now) - now
            }
            let isOver = (try? await self.time.sleep(milliseconds: min(max(1, wait), 1_000))) == nil
            reply = self.resume(held, isOver: isOver)
        }
        return reply.response
    }
}
