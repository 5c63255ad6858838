// Package discordtest is a Discord on loopback, for tests: REST and gateway over
// real sockets, as strict as Discord itself, and able to fail in all the ways in
// which Discord fails. A test says what people do and reads what they see; what
// the client does against Discord's rules fails the test.
//
//	d := discordtest.New(t, discordtest.Options{})
//	... start the bot with d.URL() as DISCORD_API_URL and d.Token() ...
//	d.WaitReady(5 * time.Second)
//	i := d.Ask(d.User, d.Channel, "ask", discordtest.Opt("question", "what did Ambledown say?"))
//	fmt.Println(i.Final(5 * time.Second).Text())
//
// What fails, and what a test lets the client do wrong, is said before:
//
//	d.Fault(func(f *discordtest.Faults) { f.Status = 503 }) // until d.Heal()
//	d.Drop()                                                // also Reconnect, InvalidateSession, Down, ...
//	d.Expect(discordtest.RuleLate)
//
// The way through the package, file by file:
//
//	discord.go        a Discord: its options, its start and its end
//	world.go          guilds, channels, users and members
//	serve.go          REST: the endpoints, and the way of one request
//	limits.go         rate limits
//	schema.go         requests and responses held against Discord's OpenAPI file
//	rest.go           what REST tells about the bot, guilds and channels
//	commands.go       commands registered; commandrules.go their limits
//	interaction.go    what people do: Ask, Autocomplete, Button, Select, ...
//	attachment.go     files that they attach
//	response.go       what they see of the answer, and when
//	callback.go       the answer's REST side: callbacks, @original, followups
//	message.go        a message as a reader sees it; draft.go how it is written
//	say.go            what people write; channelmessage.go what the bot does, over REST
//	messagerules.go   limits of messages; embedrules.go and componentrules.go of their parts
//	gateway.go        a gateway connection; session.go what outlives it
//	watch.go          what tests wait for and count on the gateway
//	faults.go         what may fail, on and off while it runs
//	violation.go      breaches of the rules, and those that a test expects
package discordtest
