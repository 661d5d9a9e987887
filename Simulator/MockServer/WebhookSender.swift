import HTTPTransport
import MockHubSpot
import ServiceLifecycle
import SimulationKit

/// Sends HubSpot's due webhooks over HTTP, as long as any app wants some.
struct WebhookSender: Service {
    let world: MockWorld
    /// Gives up after the time that HubSpot gives a receiver.
    let transport: any HTTPTransport
    let time: any TimeSource

    /// How often it looks for what is due, in milliseconds.
    private static let pause: Int64 = 50

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled {
                    for delivery in self.world.dueWebhooks() {
                        group.addTask { await self.send(delivery) }
                    }
                    try? await self.time.sleep(milliseconds: Self.pause)
                }
            }
        }
    }

    private func send(_ delivery: MockHubSpotDelivery) async {
        let status = try? await self.transport.send(delivery.request).status
        self.world.webhookDelivered(delivery.id, status: status)
    }
}
