// Emoji by Slack's names. Names that are not here are shown as :name:.
const table = `
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ heavy_multiplication_x ✖️ eyes 👀
incoming_envelope 📨 envelope ✉️ email 📧 inbox_tray 📥 outbox_tray 📤 hourglass ⌛ hourglass_flowing_sand ⏳
alarm_clock ⏰ stopwatch ⏱️ clock3 🕒 calendar 📅 date 📅 zzz 💤 arrow_upper_right ↗️ arrow_right ➡️ arrow_left ⬅️
arrow_up ⬆️ arrow_down ⬇️ arrows_counterclockwise 🔄 repeat 🔁 rewind ⏪ fast_forward ⏩ double_vertical_bar ⏸️
white_circle ⚪ black_circle ⚫ red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢
large_blue_circle 🔵 large_purple_circle 🟣 warning ⚠️ no_entry ⛔ no_entry_sign 🚫 rotating_light 🚨 sos 🆘
fire 🔥 boom 💥 zap ⚡ bug 🐛 wrench 🔧 hammer 🔨 gear ⚙️ lock 🔒 unlock 🔓 key 🔑 bell 🔔 no_bell 🔕
mega 📣 loudspeaker 📢 speech_balloon 💬 thought_balloon 💭 memo 📝 pencil2 ✏️ clipboard 📋 pushpin 📌 round_pushpin 📍
paperclip 📎 link 🔗 books 📚 book 📖 newspaper 📰 bar_chart 📊 chart_with_upwards_trend 📈
chart_with_downwards_trend 📉 mag 🔍 bulb 💡 computer 💻 iphone 📱 telephone_receiver 📞 package 📦 gift 🎁
rocket 🚀 airplane ✈️ car 🚗 ship 🚢 tada 🎉 confetti_ball 🎊 trophy 🏆 medal 🏅 star ⭐ star2 🌟 sparkles ✨
dizzy 💫 sunny ☀️ cloud ☁️ umbrella ☔ snowflake ❄️ rainbow 🌈 palm_tree 🌴 cactus 🌵 evergreen_tree 🌲 herb 🌿
coffee ☕ tea 🍵 beer 🍺 beers 🍻 wine_glass 🍷 champagne 🍾 pizza 🍕 cake 🍰 birthday 🎂 cookie 🍪 apple 🍎 taco 🌮
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 clap 👏 raised_hands 🙌 pray 🙏 wave 👋 muscle 💪 point_up ☝️
point_down 👇 point_left 👈 point_right 👉 raised_hand ✋ hand ✋ v ✌️ crossed_fingers 🤞 handshake 🤝 writing_hand ✍️
fist ✊ facepunch 👊 metal 🤘 call_me_hand 🤙 shrug 🤷 man-shrugging 🤷‍♂️ woman-shrugging 🤷‍♀️ facepalm 🤦
bow 🙇 runner 🏃 dancer 💃 brain 🧠 ear 👂 grinning 😀 smiley 😃 smile 😄 grin 😁 laughing 😆 satisfied 😆
sweat_smile 😅 joy 😂 rolling_on_the_floor_laughing 🤣 slightly_smiling_face 🙂 upside_down_face 🙃 wink 😉 blush 😊
innocent 😇 heart_eyes 😍 kissing_heart 😘 yum 😋 stuck_out_tongue 😛 thinking_face 🤔 zipper_mouth_face 🤐
raised_eyebrow 🤨 neutral_face 😐 expressionless 😑 no_mouth 😶 smirk 😏 unamused 😒 face_with_rolling_eyes 🙄
grimacing 😬 relieved 😌 pensive 😔 sleepy 😪 sleeping 😴 mask 😷 face_with_thermometer 🤒 nauseated_face 🤢
exploding_head 🤯 partying_face 🥳 sunglasses 😎 nerd_face 🤓 confused 😕 worried 😟 slightly_frowning_face 🙁
open_mouth 😮 hushed 😯 astonished 😲 flushed 😳 pleading_face 🥺 fearful 😨 cold_sweat 😰 cry 😢 sob 😭 scream 😱
disappointed 😞 sweat 😓 weary 😩 tired_face 😫 triumph 😤 rage 😡 angry 😠 skull 💀 ghost 👻 alien 👽 robot_face 🤖
see_no_evil 🙈 hear_no_evil 🙉 speak_no_evil 🙊 heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙
purple_heart 💜 black_heart 🖤 broken_heart 💔 two_hearts 💕 100 💯 question ❓ grey_question ❔ exclamation ❗
heavy_exclamation_mark ❗ bangbang ‼️ interrobang ⁉️ information_source ℹ️ heavy_plus_sign ➕ heavy_minus_sign ➖
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ dog 🐶 cat 🐱 mouse 🐭 fox_face 🦊 bear 🐻 panda_face 🐼 unicorn_face 🦄
monkey_face 🐵 penguin 🐧 turtle 🐢 snail 🐌 octopus 🐙 whale 🐳 dolphin 🐬 checkered_flag 🏁 triangular_flag_on_post 🚩
house 🏠 office 🏢 hospital 🏥 construction 🚧 traffic_light 🚥 earth_africa 🌍 earth_americas 🌎 earth_asia 🌏
`;

const characters = new Map();
const words = table.trim().split(/\s+/);
for (let at = 0; at < words.length; at += 2) characters.set(words[at], words[at + 1]);

/// What that name looks like, or null.
export function emoji_character(name) {
    return characters.get(name.split("::")[0]) ?? null;
}

/// [name, character] of those whose name contains the text, those that begin with it first.
export function emoji_matching(text, count_max) {
    const found = [...characters].filter(([name]) => name.includes(text));
    return found.sort((a, b) => b[0].startsWith(text) - a[0].startsWith(text)).slice(0, count_max);
}
